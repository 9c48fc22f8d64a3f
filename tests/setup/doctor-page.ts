import type { Page } from '@playwright/test';

export const DOCTOR = '/doctor/';

/** The parts of the doctor, by the names that a screen reader says. */
export function doctorOf(page: Page) {
  const region = page.getByRole('region', { name: 'Doctor', exact: true });
  return {
    region,
    evidence: region.getByRole('textbox', { name: 'Evidence', exact: true }),
    button: (name: string) => region.getByRole('button', { name, exact: true }),
    answers: region.getByRole('list', { name: 'Diagnosis', exact: true }).locator(':scope > li'),
    status: region.getByRole('status'),
    lines: region.getByRole('region', { name: 'Lines with their proofs' }),
    hidePlaces: region.getByRole('checkbox', { name: 'Hide host names and addresses' }),
    file: region.getByLabel('File with evidence'),
  };
}

/** A line as nginx writes it. */
export const REFUSED =
  '2026/11/22 09:17:25 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: shop.example.com, request: "GET /orders/42 HTTP/1.1", upstream: "http://10.1.2.3:8080/orders/42", host: "shop.example.com"';
