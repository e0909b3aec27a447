#!/usr/bin/env node
import { runDouble } from '../dist/node/double/index.js';

process.exitCode = await runDouble(process.argv.slice(2), process);
