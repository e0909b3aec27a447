// A process that does nothing but validate 1 MB ten times; prints its resident memory at the peak, in bytes.
import { readFileSync } from 'node:fs';
import { openSchemas } from '@buergerkoffer/fachverfahren-xoev/schema-set';
import { DATA, grown, XMELD } from './message.mjs';

const library = await openSchemas(DATA);
library.compile(XMELD);
const message = grown();
for (let run = 0; run < 10; run += 1) library.validate(message);
library.close();
// `maxRSS` is that of the process that started this one where that was larger (Linux, exec_mmap).
const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync('/proc/self/status', 'utf8'));
console.log(Number(kibibytes) * 1024);
