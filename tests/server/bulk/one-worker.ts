/* Works one act off in a process of its own, for a test that kills it: node one-worker.ts <database> <act> */
import { connect, openPool } from '#db/client.ts';
import '#lib/server/jobs/subscriptions.ts';
import { runAct } from '#lib/server/bulk/run-act.ts';
import { platformActor } from '#lib/server/platform/context.ts';

const [url = '', act = ''] = process.argv.slice(2);
const pool = openPool(url, { size: 2 });
await runAct({ db: connect(pool), actor: platformActor, now: new Date('2026-11-23T02:00:00Z') }, act);
await pool.end();
