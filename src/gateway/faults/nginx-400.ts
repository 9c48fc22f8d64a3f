import type { TcpServer } from '../fault.ts';
import { sends } from './broken-response.ts';

/** nginx as an upstream that was asked in the wrong protocol: what version 1.22.1 sends then, byte for byte. */
const page = (title: string, explanation: string): string => `<html>\r
<head><title>400 ${title}</title></head>\r
<body>\r
<center><h1>400 Bad Request</h1></center>\r
${explanation}<hr><center>nginx/1.22.1</center>\r
</body>\r
</html>\r
`;

const PLAIN_TO_TLS = 'The plain HTTP request was sent to HTTPS port';

const answers400 = (body: string) => (): string =>
  'HTTP/1.1 400 Bad Request\r\nServer: nginx/1.22.1\r\nDate: {{date}}\r\nContent-Type: text/html\r\n' +
  `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

/** A TLS port that got plain HTTP. */
export const NGINX_TLS_PORT: readonly [TcpServer] = sends(
  answers400(page(PLAIN_TO_TLS, `<center>${PLAIN_TO_TLS}</center>\r\n`)),
);

/** An HTTP port that got the bytes of another protocol. */
export const NGINX_HTTP_PORT: readonly [TcpServer] = [
  { ...sends(answers400(page('Bad Request', '')))[0], after: 'bytes' },
];
