/** The parts of an Envoy configuration that come as typed extensions, each under the name of its protobuf message. */

/** A piece of configuration, as YAML takes it. */
export interface Settings {
  readonly [field: string]: unknown;
}

/** The settings of an extension under its message's name. */
export const typed = (message: string, settings: Settings): Settings => ({
  '@type': `type.googleapis.com/envoy.extensions.${message}`,
  ...settings,
});

/**
 * Envoy's default access-log format, and behind it what says why: response code details, how the connection ended, the
 * transport's own words, and the number of tries. The simulator and the checks read this format.
 */
const LOG_FORMAT =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% ' +
  '%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" ' +
  '"%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%" ' +
  'details=%RESPONSE_CODE_DETAILS% termination=%CONNECTION_TERMINATION_DETAILS% ' +
  'transport="%UPSTREAM_TRANSPORT_FAILURE_REASON%" tries=%UPSTREAM_REQUEST_ATTEMPT_COUNT%\n';

export const accessLog = (path: string): Settings => ({
  name: 'envoy.access_loggers.file',
  typed_config: typed('access_loggers.file.v3.FileAccessLog', {
    path,
    log_format: { text_format_source: { inline_string: LOG_FORMAT } },
  }),
});

const BUFFER = 'envoy.filters.http.buffer';

/** Holds requests back until they are whole and refuses those that are too long; off but for routes with {@link bufferOf}. */
export const bufferFilter = (maxRequestBytes: number): Settings => ({
  name: BUFFER,
  disabled: true,
  typed_config: typed('filters.http.buffer.v3.Buffer', { max_request_bytes: maxRequestBytes }),
});

/** The limit of one route, bytes. */
export const bufferOf = (maxRequestBytes: number): Settings => ({
  [BUFFER]: typed('filters.http.buffer.v3.BufferPerRoute', { buffer: { max_request_bytes: maxRequestBytes } }),
});

const FORWARD_PROXY = 'envoy.filters.http.dynamic_forward_proxy';

/** One cache of names for filter and cluster; both have to name it alike. */
function dnsCache(nameServer: string): Settings {
  const [address = '', port = ''] = nameServer.split(':');
  return {
    name: 'lab',
    dns_lookup_family: 'V4_ONLY',
    dns_query_timeout: '1s',
    typed_dns_resolver_config: {
      name: 'envoy.network.dns_resolver.cares',
      typed_config: typed('network.dns_resolver.cares.v3.CaresDnsResolverConfig', {
        resolvers: [{ socket_address: { address, port_value: Number(port) } }],
      }),
    },
  };
}

/** Looks the upstream's name up per request, for clusters of {@link forwardProxyCluster}. */
export const forwardProxyFilter = (nameServer: string): Settings => ({
  name: FORWARD_PROXY,
  typed_config: typed('filters.http.dynamic_forward_proxy.v3.FilterConfig', { dns_cache_config: dnsCache(nameServer) }),
});

/** The `host:port` that a route's requests go to, whatever their own Host says. */
export const hostOf = (upstream: string): Settings => ({
  [FORWARD_PROXY]: typed('filters.http.dynamic_forward_proxy.v3.PerRouteConfig', { host_rewrite_literal: upstream }),
});

export const forwardProxyCluster = (nameServer: string): Settings => ({
  lb_policy: 'CLUSTER_PROVIDED',
  cluster_type: {
    name: 'envoy.clusters.dynamic_forward_proxy',
    typed_config: typed('clusters.dynamic_forward_proxy.v3.ClusterConfig', { dns_cache_config: dnsCache(nameServer) }),
  },
});

/** TLS to the upstream: its certificate has to be for upstream.test and signed by the lab's CA. */
export const upstreamTls = (certificates: string): Settings => ({
  name: 'envoy.transport_sockets.tls',
  typed_config: typed('transport_sockets.tls.v3.UpstreamTlsContext', {
    sni: 'upstream.test',
    common_tls_context: {
      validation_context: {
        trusted_ca: { filename: `${certificates}/ca.pem` },
        match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: 'upstream.test' } }],
      },
    },
  }),
});
