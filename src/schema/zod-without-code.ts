import { z } from 'zod';

/**
 * Zod would try to make code from text, which the site's security policy refuses and reports. It has to be told before the
 * first schema is made, so this is imported before all others.
 */
z.config({ jitless: true });
