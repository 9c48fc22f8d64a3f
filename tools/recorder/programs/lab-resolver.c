/*
 * Loaded into a gateway with LD_PRELOAD: makes the system's own resolver ask the lab's name server.
 *
 * Some gateways take no name server in their configuration; /etc/resolv.conf is for root to write, and knows no ports.
 * The lookups stay those of the C library (getaddrinfo), of c-ares, and of programs that send their own queries to
 * 127.0.0.1 port 53 (Squid): same packets, same timers, same errors.
 * LAB_NAME_SERVER is the port of the name server on 127.0.0.1.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  static int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
  const char *port = getenv("LAB_NAME_SERVER");
  if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "getaddrinfo");
  if (port != NULL && res_init() == 0) {
    memset(&_res.nsaddr_list[0], 0, sizeof _res.nsaddr_list[0]);
    _res.nsaddr_list[0].sin_family = AF_INET;
    _res.nsaddr_list[0].sin_port = htons((unsigned short)atoi(port));
    _res.nsaddr_list[0].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    _res.nscount = 1;
    _res.retrans = 1;
    _res.retry = 1;
  }
  return next(node, service, hints, found);
}

/* c-ares, which the program may or may not have loaded. */
int ares_init_options(void **channel, void *options, int mask) {
  int (*next)(void **, void *, int);
  int (*set_servers)(void *, const char *);
  const char *port = getenv("LAB_NAME_SERVER");
  *(void **)&next = dlsym(RTLD_NEXT, "ares_init_options");
  *(void **)&set_servers = dlsym(RTLD_NEXT, "ares_set_servers_ports_csv");
  int status = next(channel, options, mask);
  if (status == 0 && port != NULL) {
    char server[32];
    snprintf(server, sizeof server, "127.0.0.1:%s", port);
    status = set_servers(*channel, server);
  }
  return status;
}

/* Queries of the program itself: they leave for another port, and the answers seem to come from port 53. */
ssize_t sendto(int fd, const void *bytes, size_t length, int flags, const struct sockaddr *to, socklen_t size) {
  static ssize_t (*next)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
  const char *port = getenv("LAB_NAME_SERVER");
  struct sockaddr_in lab;
  if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "sendto");
  if (port != NULL && to != NULL && to->sa_family == AF_INET && ((const struct sockaddr_in *)to)->sin_port == htons(53)) {
    memcpy(&lab, to, sizeof lab);
    lab.sin_port = htons((unsigned short)atoi(port));
    to = (const struct sockaddr *)&lab;
  }
  return next(fd, bytes, length, flags, to, size);
}

ssize_t recvfrom(int fd, void *bytes, size_t length, int flags, struct sockaddr *from, socklen_t *size) {
  static ssize_t (*next)(int, void *, size_t, int, struct sockaddr *, socklen_t *);
  const char *port = getenv("LAB_NAME_SERVER");
  ssize_t received;
  if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "recvfrom");
  received = next(fd, bytes, length, flags, from, size);
  if (received >= 0 && port != NULL && from != NULL && from->sa_family == AF_INET &&
      ((struct sockaddr_in *)from)->sin_port == htons((unsigned short)atoi(port))) {
    ((struct sockaddr_in *)from)->sin_port = htons(53);
  }
  return received;
}
