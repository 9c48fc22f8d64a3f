/** What the site is called and where it lives. One place: pages, feeds, edit links and the server read it from here. */
export const site = {
  name: 'Gateway Lab',
  description: 'Run client code in your browser against a gateway that fails the way real ones do, and read why.',
  /** Origin of the published site, without a trailing slash. */
  url: 'https://gateway-lab.example.com',
  repository: 'https://github.com/gateway-lab/gateway-lab',
  language: 'en',
} as const;

/** Folder in which "Edit this page" links start; a page's path inside the repository is appended. */
export const editBase = `${site.repository}/edit/main/`;
