import { words, type RuleSet } from '../rule.ts';

/** What systemd, Docker and the kernel say about a process that ended. */
export const HOST: RuleSet = {
  program: 'systemd, Docker and the kernel',
  gateway: null,
  side: 'app',
  sources: [
    {
      name: 'systemd: systemd.exec, exit codes',
      url: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Process%20Exit%20Codes',
    },
  ],
  rules: [
    words(
      'systemd.killed',
      'worker-crashed',
      'certain',
      /[Mm]ain process exited, code=(?:killed|dumped), status=\d{1,3}\/[A-Z]{3,8}|Failed with result '(?:signal|core-dump|oom-kill|watchdog|timeout)'|A process of this unit has been killed by the OOM killer|code=killed, (?:signal|status)=\d{0,3}\/?[A-Z]{3,8}/,
      'The service’s process was ended by a signal.',
      'shop.service: Main process exited, code=killed, status=9/KILL',
    ),
    words(
      'systemd.failed',
      'worker-crashed',
      'likely',
      /[Mm]ain process exited, code=exited, status=\d{1,3}(?!\/SUCCESS)|Failed with result 'exit-code'|Start request repeated too quickly|Active: failed \(Result|Failed to start [^\n]{3,120}/,
      'The service’s program ended with an error, so nothing listens.',
      "shop.service: Failed with result 'exit-code'.",
    ),
    words(
      'systemd.inactive',
      ['upstream-refused', 'worker-crashed'],
      'likely',
      /Active: inactive \(dead\)/,
      'The service is not running.',
      'Active: inactive (dead) since Mon 2026-03-02 10:00:00 UTC; 5min ago',
    ),
    words(
      'docker.exit',
      'worker-crashed',
      'likely',
      /exited with code (?:1\d{0,2}|[2-9]\d{0,2})\b|Exited \((?:1\d{0,2}|[2-9]\d{0,2})\) |Restarting \(\d{1,3}\) |\(unhealthy\)|container is restarting, wait until/,
      'The container ended, or restarts again and again.',
      'shop-app-1 exited with code 137',
    ),
    words(
      'kernel.oom',
      'worker-crashed',
      'certain',
      /invoked oom-killer|Out of memory: Kill(?:ed)? process|Killed process \d{1,9} \([^)]{1,60}\)/,
      'The kernel ended a process because memory ran out.',
      'kernel: Out of memory: Killed process 2931 (gunicorn) total-vm:2097152kB',
    ),
    words(
      'kernel.segfault',
      'worker-crashed',
      'certain',
      /segfault at [0-9a-f]{1,16} ip [0-9a-f]{1,16}|Segmentation fault \(core dumped\)|general protection fault[^\n]{0,60} in /,
      'A process crashed in native code.',
      'kernel: php-fpm[2931]: segfault at 0 ip 00007f0000000000 sp 00007ffc00000000 error 4',
    ),
    words(
      'kernel.syn-flood',
      'overload',
      'likely',
      /[Pp]ossible SYN flooding on port \d{1,5}|nf_conntrack: table full|TCP: out of memory|[Tt]oo many open files/,
      'The kernel’s queue or table is full.',
      'kernel: TCP: request_sock_TCP: Possible SYN flooding on port 8080. Sending cookies.',
    ),
    words(
      'host.port-taken',
      ['upstream-refused', 'worker-crashed', 'gateway-misconfig'],
      'likely',
      /EADDRINUSE|[Aa]ddress already in use|bind\(\) to \S{1,80} failed \(98:|Only one usage of each socket address/,
      'The port is taken, so the program did not start.',
      'Error: listen EADDRINUSE: address already in use :::3000',
    ),
  ],
};
