// Holds the abstract socket that the first argument names until it is killed.
import { createServer } from 'node:net';

createServer().listen({ path: `\0${process.argv[2]}` }, () => process.send('held'));
