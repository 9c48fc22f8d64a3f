/** Text that no gateway wrote: logs of other programs, code, prose, lists. Made up for the tests. */
export const FOREIGN = String.raw`
shasum: package-2.1.tar.gz: FAILED open or read
make[1]: *** [Makefile:12: build] Error 2
gcc: error: unrecognized command-line option '-mfancy'
main.c:14:9: warning: unused variable 'count' [-Wunused-variable]
error[E0382]: borrow of moved value: names
  --> src/main.rs:14:20
npm warn deprecated glob@7.2.3: Old versions are no longer supported
added 502 packages, and audited 504 packages in 12s
503 packages are looking for funding
fatal: not a git repository (or any of the parent directories): .git
CONFLICT (content): Merge conflict in src/index.ts
Your branch is ahead of 'origin/main' by 3 commits.
commit 5021f0c9e2b7a4d8c1e6f3a9b0d7c4e1f8a5b2c9
Author: Jo Bloggs
Date:   Mon Mar 2 10:00:00 2026 +0000
    Make the header smaller on phones
diff --git a/app.css b/app.css
@@ -12,7 +12,7 @@ .header {
-  padding: 502px;
+  padding: 12px;
sshd[812]: Accepted publickey for deploy from 192.0.2.7 port 50222 ssh2
sshd[813]: pam_unix(sshd:session): session opened for user deploy(uid=1001)
CRON[2931]: (root) CMD (test -x /usr/sbin/anacron)
systemd[1]: Started Daily apt download activities.
systemd[1]: logrotate.service: Deactivated successfully.
kernel: usb 1-1: new high-speed USB device number 5 using xhci_hcd
kernel: EXT4-fs (sda1): mounted filesystem with ordered data mode
kernel: audit: type=1400 audit(1772445600.000:502): apparmor="ALLOWED"
dhclient[702]: DHCPACK of 192.0.2.44 from 192.0.2.1
NetworkManager[640]: <info> device (wlp2s0): state change: disconnected -> prepare
postfix/smtpd[1821]: connect from mail.example.com[192.0.2.25]
postfix/qmgr[900]: 4F2A1: removed
dovecot: imap-login: Login: user=<jo>, method=PLAIN, rip=192.0.2.7
mysqld: ready for connections. Version: '8.0.36' socket: '/run/mysqld/mysqld.sock' port: 3306
LOG:  checkpoint complete: wrote 502 buffers (3.1%); 0 WAL file(s) added
LOG:  duration: 5021.331 ms  statement: SELECT count(*) FROM orders
ERROR:  duplicate key value violates unique constraint "users_email_key"
DETAIL:  Key (id)=(502) already exists.
redis-server: 1:M 02 Mar 2026 10:00:00.000 * DB saved on disk
[2026-03-02 10:00:00,123] INFO [GroupCoordinator 1]: Stabilized group shop generation 502
org.gradle.api.tasks.TaskExecutionException: Execution failed for task ':app:compileJava'.
BUILD FAILED in 12s
Tests run: 504, Failures: 1, Errors: 0, Skipped: 3
java.lang.NullPointerException: Cannot invoke "String.length()" because "name" is null
	at com.example.shop.Cart.total(Cart.java:502)
Traceback (most recent call last):
  File "report.py", line 502, in <module>
    print(rows[0])
IndexError: list index out of range
KeyError: 'name'
ValueError: invalid literal for int() with base 10: 'abc'
ModuleNotFoundError: No module named 'pandas'
ReferenceError: total is not defined
    at Object.<anonymous> (/srv/app/index.js:12:1)
TypeError: Cannot read properties of undefined (reading 'map')
SyntaxError: Unexpected end of input
panic: runtime error: index out of range [5] with length 3
goroutine 1 [running]:
main.go:14:2: imported and not used: "os"
undefined method 'name' for nil:NilClass (NoMethodError)
Fatal error: Uncaught ArgumentCountError: Too few arguments
CMake Error at CMakeLists.txt:12 (find_package):
ld: cannot find -lssl
dpkg: error processing package linux-image (--configure):
E: Unable to locate package htopp
Reading package lists... Done
Get:1 http://deb.example.com stable InRelease [140 kB]
Terraform will perform the following actions:
Plan: 5 to add, 0 to change, 2 to destroy.
aws_instance.web: Still creating... [50s elapsed]
TASK [nginx : install packages] ***********************
ok: [web1]
changed: [web2]
PLAY RECAP ********************
web1 : ok=12 changed=2 unreachable=0 failed=0 skipped=1
pod/shop-6d8f created
deployment.apps/shop scaled
NAME        READY   STATUS    RESTARTS   AGE
shop-6d8f   1/1     Running   0          5h2m
Successfully built 502aabbccdde
Step 5/12 : RUN npm ci
 ---> Using cache
Pulling from library/postgres
Digest: sha256:5021f0c9e2b7a4d8c1e6f3a9b0d7c4e1
total 504
drwxr-xr-x 5 jo jo 4096 Mar  2 10:00 src
-rw-r--r-- 1 jo jo  502 Mar  2 10:00 notes.txt
Filesystem      Size  Used Avail Use% Mounted on
/dev/sda1        50G   12G   36G  25% /
PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM
502 jo        20   0  812344  50232  30112 S   1.3   0.6
PING example.com (192.0.2.1) 56(84) bytes of data.
64 bytes from 192.0.2.1: icmp_seq=1 ttl=56 time=12.1 ms
rtt min/avg/max/mdev = 11.9/12.0/12.2/0.1 ms
CREATE TABLE orders (id integer primary key, total numeric);
SELECT name, total FROM orders WHERE id = 502;
UPDATE users SET active = true WHERE id IN (1, 2, 3);
const total = items.reduce((sum, item) => sum + item.price, 0);
if (count > 502) throw new RangeError('too many items');
export default function Header() { return <h1>Shop</h1>; }
def total(items): return sum(item.price for item in items)
fn main() { println!("hello"); }
public class Cart { private final List<Item> items = new ArrayList<>(); }
for i in $(seq 1 5); do echo "$i"; done
body { margin: 0; font-family: sans-serif; }
<ul><li>Bread</li><li>Butter</li></ul>
{"name": "shop", "version": "5.0.2", "private": true}
{"items": [{"id": 502, "price": 12.5}], "currency": "EUR"}
name: build
on: [push]
runs-on: ubuntu-latest
[tool.poetry]
name = "shop"
version = "0.5.2"
Dear team, the meeting on Monday moves to room 502.
Please bring the slides and the numbers of the last quarter.
The train leaves at 5:02 and arrives at 5:40.
She opened the gate, walked up the stream and sat down by the water.
The proxy voted for the absent member of the board.
A gateway drug is a habit that leads to another one.
The host welcomed the guests; nobody refused the soup.
We reset our clocks last night, and the peer review is closed.
The bridge was closed for an hour after the accident.
He lost the connection between the two stories.
Chapter 502: in which the hero times his journey badly.
The upstream neighbors complained about the noise of the mill.
Our library is open until 20:00 on weekdays.
Recipe: 500 g flour, 2 eggs, 504 ml milk, a pinch of salt.
Invoice 2026-0502, due in 30 days, total 1,504.00 EUR
Room 503 has a view of the harbor; room 504 has none.
Highway 502 is closed between exits 5 and 8.
Flug LH502 nach Buenos Aires, Tor B42
Der Zug hat heute etwa fünf Minuten Verspätung.
Le chat dort sur le canapé, et la pluie tombe.
El informe se entregará el próximo lunes.
明日は晴れるでしょう。
Score: 5-0-2 after twelve games
The population grew from 502,000 to 504,000 in a decade.
Temperature 21.5 C, humidity 50.2 %, wind 5 m/s
GPS fix: 52.5200 N, 13.4050 E, 12 satellites
frame= 502 fps= 25 q=28.0 size= 2048kB time=00:00:20.08 bitrate= 835.5kbits/s
Epoch 5/20 - loss: 0.5021 - accuracy: 0.8504
step 502 | loss 1.2034 | lr 3.0e-04
[download]  50.2% of 12.00MiB at 2.00MiB/s ETA 00:03
Rendering frame 503 of 1200
Battery at 50 %, 2 h 10 min left
Bluetooth: hci0: device aa:bb:cc:dd:ee:ff paired
Xorg: (II) LoadModule: "glx"
cups: job 504 printed 2 pages
rsync: sent 50,212 bytes  received 1,202 bytes  20,565.60 bytes/sec
tar: Removing leading '/' from member names
unzip:  cannot find or open backup.zip
bash: htop: command not found
zsh: permission denied: ./deploy.sh
vim: Warning: Output is not to a terminal
warning: LF will be replaced by CRLF in notes.txt
Compiling shop v0.5.2
Finished release [optimized] target(s) in 50.24s
test cart::adds_items ... ok
PASS src/cart.test.ts (5.02 s)
FAIL src/header.test.ts
Expected: 12 Received: 10
Snapshot Summary: 1 snapshot obsolete
Lighthouse score: 98 performance, 100 accessibility
Sprint 50.2 ends on Friday
Next: rename the column and drop the old index
Meeting notes: Ada presents the budget, Lin the roadmap.
Agenda 1. Welcome 2. Budget 3. Any other business
ISBN 978-0-502-00000-1
Order no. 50300412 has been shipped and arrives on Thursday.
Your password was changed successfully.
The quick brown fox jumps over the lazy dog.
Lorem ipsum dolor sit amet, consectetur adipiscing elit.
x = (-b + sqrt(b*b - 4*a*c)) / (2*a)
E = m * c ** 2
0x502f 0x503a 0x504b
00:11:22:33:44:55
10.5.0.2/24 via 10.5.0.1 dev eth0
postgres[512]: [7-1] FATAL:  password authentication failed for user "report"
postgres[512]: LOG:  could not receive data from client: Software caused an interrupt
LOG:  automatic vacuum of table "shop.public.orders": index scans: 1, pages: 502 removed, 5040 remain
STATEMENT:  INSERT INTO rooms (id, name) VALUES (504, 'Garden view')
ERROR:  deadlock detected at character 504
redis[77]: 77:M 02 Mar 2026 10:00:00.502 # Server initialized
1:S 02 Mar 2026 10:00:00.504 * MASTER <-> REPLICA sync: Finished with success
redis-cli> GET page:502
(integer) 504
sshd[814]: Failed password for invalid user admin from 192.0.2.9 port 50402 ssh2
sshd[815]: Received disconnect from 192.0.2.9 port 50302:11: Bye Bye [preauth]
sshd[816]: error: maximum authentication attempts exceeded for root from 192.0.2.9 port 5022 ssh2 [preauth]
sudo: deploy : TTY=pts/0 ; PWD=/srv/app ; USER=root ; COMMAND=/usr/bin/apt upgrade
npm error code ELIFECYCLE
npm error errno 1
npm error shop@5.0.2 build: exit status 1
npm notice created a lockfile as package-lock.json. You should commit this file.
yarn run v1.22.22 - Done in 50.4s.
pnpm: 502 packages reused, 0 downloaded, 3 added
remote: Resolving deltas: 100% (504/504), completed with 12 local objects.
git push: 503 objects written, 502 reused, delta 0
error: failed to push some refs; the tip of your current branch is behind
warning: unable to rmdir 'vendor/lib': Directory not empty
rsync: [sender] link_stat "/srv/backup/502" failed: No such file or directory (2)
rsync error: some files could not be transferred (code 23) at main.c(1338) [sender=3.2.7]
sent 504 bytes  received 35 bytes  1,078.00 bytes/sec total size is 50,200
CRON[5022]: (backup) CMD (/usr/local/bin/nightly --keep 30)
CRON[5023]: pam_unix(cron:session): session closed for user backup
anacron[504]: Job 'cron.weekly' terminated
kernel: [502.504301] IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready
kernel: nvme nvme0: 8/0/0 default/read/poll queues
kernel: perf: interrupt took too long (2502 > 2500), lowering kernel.perf_event_max_sample_rate to 79750
kernel: CPU5: Core temperature above threshold, cpu clock throttled (total events = 504)
2026-03-02 10:00:00.502  INFO 5040 --- [main] com.example.shop.Application : Started Application in 5.02 seconds
2026-03-02 10:00:01.003 DEBUG 5040 --- [worker-2] c.e.s.PriceService : computed 504 prices in 12 ms
WARN  o.h.e.j.s.SqlExceptionHelper - SQL Error: 0, SQLState: 23505
Caused by: java.lang.IllegalStateException: Basket 502 is already closed
	... 503 common frames omitted
{"level":"info","msg":"basket saved","basket":502,"items":4,"ts":1772445600.504}
{"severity":"WARNING","logger":"stock","message":"only 503 pieces left","sku":"A-5042"}
{"event":"job.finished","job_id":50412,"duration_ms":60001,"ok":true}
{"timestamp":"2026-03-02T10:00:00Z","level":"error","message":"could not parse row 502: column 5 is empty"}
{"time":"2026-03-02T10:00:00Z","lvl":"debug","user":"u-504","action":"login","result":"done"}
level=info ts=2026-03-02T10:00:00Z caller=compact.go:502 msg="write block" mint=1772445600000 duration=29.004s
level=warn component=tsdb msg="A TSDB lockfile from a previous execution exists" pid=504
The report of page 502 lists 504 birds, among them 60 herons.
After 60 seconds of silence the choir began; it took 30 seconds more until all had found the tone.
He waited exactly 29 seconds at the gate before the host opened it.
The envoy left the court in the year 1502 and came back in 1504.
Varnish the table twice and let it dry for 60 minutes.
The squid changed its color within 3 seconds.
A caddy carried the clubs, and the traffic server at the junction was a police officer.
Our kong of the jungle costume arrives in box 503.
The back end of the cart was overloaded with 504 kilos of hay.
const GATEWAYS = ['north', 'south']; // two gates of the garden, 502 m apart
function retry(times) { return times > 504 ? null : retry(times + 1); }
@media (min-width: 502px) { .upstream { inline-size: 504px; } }
.gateway::before { content: '503'; color: #502504; }
id,name,amount,city
502,Anna,50.40,Basel
504,Lin,29.00,Kyoto
date;open;high;low;close
2026-03-02;502.10;504.90;500.30;503.70
SELECT status, count(*) FROM orders WHERE amount BETWEEN 502 AND 504 GROUP BY status;
ALTER TABLE gateways ADD COLUMN upstream varchar(504);
EXPLAIN: Seq Scan on rooms  (cost=0.00..502.04 rows=504 width=32)
src/app.ts(502,13): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.
App.java:504: error: cannot find symbol
main.cpp:502:10: fatal error: widget.h: No such file or directory
error CS0103: The name 'total' does not exist in the current context [/src/Shop.csproj]
thread 'main' panicked at src/lib.rs:502:9: attempt to subtract with overflow
    at com.example.Parser.parse(Parser.java:504)
  File "/srv/app/report.py", line 503, in total
Im Jahr 502 wurde das Tor erbaut, und 504 stand die Brücke.
Bitte beachten Sie: Zimmer 502 und 504 sind wegen Umbau geschlossen.
Die Verbindung nach Basel fällt heute aus; der nächste Zug fährt um 5:04 Uhr.
Rechnung Nr. 504: 29 Stunden zu je 50,20 Euro, zahlbar in 30 Tagen.
Le train 502 partira de la voie 5 avec 30 minutes de retard.
La page 504 du catalogue montre une passerelle en bois.
Connexion à la salle 503 : prenez l’escalier du fond.
502号室の鍵は受付にあります。
会議は504会議室で、60分の予定です。
第503回の放送は来週の月曜日です。
El autobús 504 pasa cada 30 minutos por la puerta norte.
Il capitolo 502 racconta di un ponte chiuso.
ffmpeg: [libx264 @ 0x5020] frame I:5 Avg QP:20.02 size: 50204
docker: Layer already exists sha256:504a502b503c
kubectl: namespace/shop-504 labeled
ansible: ok=502 changed=3 unreachable=0
Downloaded 502 MB in 60 s (8.4 MB/s)
wget: 'index.html' saved [50402/50402]
`;
