import { spanOf, type Details, type Reader } from '../facts.ts';
import { statusName } from './status-name.ts';

/**
 * Access logs of the Application and the Classic Load Balancer. The balancer's own status stands beside the target's;
 * `-` means that the target gave none, so the balancer made the answer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */

const APPLICATION =
  /(?:^|[ "])(?:https?|h2|grpcs|wss?) \d{4}-\d\d-\d\dT\S{1,30} (?:app\/)?\S{1,200} \S{1,60} (?<target>\S{1,60}) (?<times>-?[\d.]{1,20} -?[\d.]{1,20} -?[\d.]{1,20}) (?<status>\d{3}) (?<own>\d{3}|-) /d;
const CLASSIC =
  /^\d{4}-\d\d-\d\dT\S{1,30} \S{1,100} \d{1,3}(?:\.\d{1,3}){3}:\d{1,5} (?<target>\S{1,60}) (?<times>-?[\d.]{1,20} -?[\d.]{1,20} -?[\d.]{1,20}) (?<status>\d{3}) (?<own>\d{1,3}|-) \d/d;

export const AWS_BALANCER: Reader = {
  id: 'aws-balancer',
  sign: 'T',
  read: (line) => {
    const match = APPLICATION.exec(line) ?? CLASSIC.exec(line);
    const groups = match?.groups;
    if (match === null || groups?.status === undefined) return null;
    const { status, own, target, times } = groups;
    const answered = own !== '-' && own !== '0';
    const elapsed = (times ?? '').split(' ').map(Number);
    const total = elapsed.reduce((sum, seconds) => sum + Math.max(0, seconds), 0);
    const name = answered
      ? Number(status) >= 500
        ? `passed-on:${status}`
        : statusName(Number(status))
      : `alb:${status}${elapsed[0] === -1 && target !== '-' ? ':undelivered' : ''}`;
    const details: Details = {
      status: Number(status),
      elapsedMs: Math.round(total * 1000),
      ...(target === undefined || target === '-' ? {} : { upstream: target }),
    };
    return { marks: [{ name, ...spanOf(match, 'status') }], details };
  },
};
