// A reverse proxy as a Go programmer writes it first: httputil.ReverseProxy with the standard library's defaults, and the
// lab's timers. Its only argument is a JSON file, see configuration. It logs requests to a file and errors to stderr.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"time"
)

type configuration struct {
	Listen    string // host:port
	AccessLog string
	CA        string // PEM file that upstream certificates are verified with
	Resolver  string // host:port of the name server to ask
	Routes    []route
}

type route struct {
	Prefix   string
	Upstream string // URL
	Unix     string // path of a socket to connect to in place of the URL's host
	MaxBody  int64  // bytes; 0 for no limit
}

func main() {
	var c configuration
	text, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		log.Fatal(err)
	}
	roots := x509.NewCertPool()
	if ca, err := os.ReadFile(c.CA); err == nil {
		roots.AppendCertsFromPEM(ca)
	}
	access, err := os.OpenFile(c.AccessLog, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	for _, r := range c.Routes {
		handler := logged(access, proxyTo(r, roots, c.Resolver))
		if r.MaxBody > 0 {
			handler = http.MaxBytesHandler(handler, r.MaxBody)
		}
		mux.Handle(r.Prefix, handler)
	}
	server := &http.Server{Addr: c.Listen, Handler: mux, ReadHeaderTimeout: 2 * time.Second, ReadTimeout: 5 * time.Second}
	log.Fatal(server.ListenAndServe())
}

func proxyTo(r route, roots *x509.CertPool, resolver string) http.Handler {
	upstream, err := url.Parse(r.Upstream)
	if err != nil {
		log.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(upstream)
	proxy.Transport = &http.Transport{
		DialContext:           dial(r.Unix, resolver),
		ResponseHeaderTimeout: 2 * time.Second,
		TLSHandshakeTimeout:   2 * time.Second,
		TLSClientConfig:       &tls.Config{RootCAs: roots, ServerName: "upstream.test"},
	}
	return proxy
}

// dial connects to the socket or, without one, to the address; names go to the lab's name server.
func dial(socket, nameServer string) func(context.Context, string, string) (net.Conn, error) {
	ask := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, nameServer)
	}
	dialer := &net.Dialer{Timeout: 2 * time.Second, Resolver: &net.Resolver{PreferGo: true, Dial: ask}}
	if socket == "" {
		return dialer.DialContext
	}
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		return dialer.DialContext(ctx, "unix", socket)
	}
}

// logged writes a line for every request: client "method path protocol" status bytes duration.
func logged(file *os.File, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		start := time.Now()
		seen := &recorder{ResponseWriter: w}
		// The proxy ends a request with a panic when it cannot send the whole body.
		defer func() {
			path := strings.SplitN(q.RequestURI, "?", 2)[0]
			elapsed := time.Since(start).Milliseconds()
			fmt.Fprintf(file, "%s \"%s %s %s\" %d %d %dms\n", q.RemoteAddr, q.Method, path, q.Proto, seen.status, seen.bytes, elapsed)
		}()
		next.ServeHTTP(seen, q)
	})
}

// recorder remembers what went through it.
type recorder struct {
	http.ResponseWriter
	status, bytes int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap and Flush let the proxy through to what the server can do.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
func (r *recorder) Flush()                      { r.ResponseWriter.(http.Flusher).Flush() }
