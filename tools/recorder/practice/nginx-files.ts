/** The configuration of the gateway on the practice machine, as a reader would find it on a server of their own. */

export interface GatewaySettings {
  /** Directives of `location /`. */
  readonly location: readonly string[];
  /** Blocks `upstream`, before the server. */
  readonly groups?: readonly string[];
}

const NGINX_CONF = `user www-data;
worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;

events {
    worker_connections 768;
}

http {
    default_type application/octet-stream;
    access_log /var/log/nginx/access.log;
    include /etc/nginx/sites-enabled/*;
}
`;

const indent = (lines: readonly string[], by: number): string =>
  lines.map((line) => `${' '.repeat(by)}${line}\n`).join('');

/** The file that the API's own settings stand in. */
export const API_CONF = '/etc/nginx/sites-enabled/default';

const apiConf = ({
  location,
  groups = [],
}: GatewaySettings): string => `${groups.map((group) => `${group}\n`).join('')}server {
    listen 80;
    listen 443 ssl;
    server_name api.example.com;
    ssl_certificate /etc/nginx/tls/api.pem;
    ssl_certificate_key /etc/nginx/tls/api.key;

    location / {
${indent(location, 8)}    }
}
`;

/** The files of /etc/nginx, without the certificates. */
export const nginxFiles = (settings: GatewaySettings): Record<string, string> => ({
  '/etc/nginx/nginx.conf': NGINX_CONF,
  [API_CONF]: apiConf(settings),
});
