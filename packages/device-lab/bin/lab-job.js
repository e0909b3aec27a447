// The program that runs lab files inside the guest; the lab starts it with the path of its job.
import { runJobProcess } from '../dist/node/job/index.js';

await runJobProcess();
// A device that hangs holds the process of its file, not this one.
process.exit();
