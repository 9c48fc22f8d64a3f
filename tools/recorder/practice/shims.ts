import type { MachinePlan } from './machine-plan.ts';
import {
  APPLICATION_LOG,
  APPLICATION_PID,
  APPLICATION_PLAN,
  ASKED_FOR,
  BASH_SETTINGS,
  NODE,
  SHIM_FOLDER,
} from './machine-plan.ts';

/**
 * The programs that the practice machine cannot have, as far as the same can be had honestly: sudo (the reader is root there),
 * systemctl for the verbs that print nothing, journalctl as a look into the application's own log, and an editor that makes the
 * one change which an incident needs. All of them leave their name, so that the recorder can say what was not as elsewhere.
 */

const ABSENT_PROGRAMS =
  'ausearch aws az crictl dig docker fail2ban-client gcloud haproxy heroku iptables iptables-save kubectl mtr nft podman ' +
  'py-spy socat tcpdump traceroute ufw';

/** Programs of something the machine is not part of, or that few machines have: nobody asks them there, installed or not. */
export const ABSENT: readonly string[] = ABSENT_PROGRAMS.split(' ');

/** Programs in whose place the machine does something else. */
export const REPLACED = ['journalctl', 'dmesg', 'sudoedit', 'systemctl'] as const;

const leaveName = (name: string): string => `echo "${name}" >> "$${ASKED_FOR}"`;

const JOURNALCTL = `case " $* " in
  *' -u nginx '*) ${leaveName('systemctl')} ;;
  *) ${leaveName('journalctl')}; cat ${APPLICATION_LOG} ;;
esac`;

const SUDO = `user=
while :; do
  case "$1" in
    -u) user="$2"; shift 2 ;;
    -n | -E | -H | --) shift ;;
    *) break ;;
  esac
done
type -P "$1" > /dev/null || { ${leaveName('$1')}; exit 127; }
if [ -n "$user" ]; then exec setpriv --reuid "$user" --regid "$user" --clear-groups -- "$@"; fi
exec "$@"`;

/** What bash does with a program that is not there. */
const NOT_FOUND = `command_not_found_handle() { ${leaveName('$1')}; return 127; }`;

/** The kernel's own lines about what it killed in this machine's memory group: its log is shared with all other programs. */
const dmesgOf = (group: string): string =>
  `/usr/bin/dmesg "$@" | awk '/oom-kill:/ { mine = index($0, "task_memcg=${group},") } mine && /Killed process/'`;

const systemctl = ({ application }: MachinePlan): string => `quiet=
args=
for arg in "$@"; do case "$arg" in -*) ;; *) args="$args $arg" ;; esac; done
set -- $args
verb="$1"; unit="\${2%.service}"
start_orders() {
  [ -e ${APPLICATION_PID} ] && kill -0 "$(cat ${APPLICATION_PID})" 2>/dev/null && return
  before=$(grep -c 'listening on' ${APPLICATION_LOG})
  NODE_NO_WARNINGS=1 setsid ${NODE} ${application} ${APPLICATION_PLAN} >> ${APPLICATION_LOG} 2>&1 < /dev/null &
  echo $! > ${APPLICATION_PID}
  until [ "$(grep -c 'listening on' ${APPLICATION_LOG})" -gt "$before" ]; do kill -0 $! || exit 1; sleep 0.05; done
}
stop_orders() {
  pid=$(cat ${APPLICATION_PID} 2>/dev/null) || return
  kill "$pid" 2>/dev/null
  while [ -d "/proc/$pid" ] && ! grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null; do sleep 0.05; done
  rm -f ${APPLICATION_PID}
}
stop_nginx() {
  pid=$(cat /run/nginx.pid 2>/dev/null) || return
  kill -QUIT "$pid"
  while [ -e /run/nginx.pid ]; do sleep 0.05; done
}
case "$verb $unit" in
  'start orders-api') start_orders ;;
  'stop orders-api') stop_orders ;;
  'restart orders-api' | 'reload-or-restart orders-api') stop_orders; start_orders ;;
  'start nginx') /usr/sbin/nginx ;;
  'stop nginx') stop_nginx ;;
  'restart nginx') stop_nginx; /usr/sbin/nginx ;;
  'reload nginx') kill -HUP "$(cat /run/nginx.pid)" ;;
  'edit orders-api') sudoedit ;;
  'show MainPID') cat ${APPLICATION_PID} 2>/dev/null || echo 0 ;;
  *) ${leaveName('systemctl')} ;;
esac`;

const script = (text: string): string => `#!/bin/bash\n${text}\n`;

/** The files of the shims, by their path. */
export function shimsFor(plan: MachinePlan): Record<string, string> {
  const texts: Record<string, string> = {
    ...Object.fromEntries(ABSENT.map((name) => [name, leaveName(name)])),
    sudo: SUDO,
    systemctl: systemctl(plan),
    sudoedit: [leaveName('sudoedit'), ...(plan.edits === undefined ? [] : [plan.edits])].join('\n'),
    ...(plan.hurried ? { sleep: 'exec /bin/sleep 0.02' } : {}),
    journalctl: JOURNALCTL,
    dmesg: [leaveName('dmesg'), ...(plan.memoryGroup ? [dmesgOf(plan.memoryGroup.name)] : [])].join('\n'),
  };
  const shims = Object.entries(texts).map(([name, text]) => [`${SHIM_FOLDER}/${name}`, script(text)] as const);
  return { ...Object.fromEntries(shims), [BASH_SETTINGS]: `${NOT_FOUND}\n` };
}
