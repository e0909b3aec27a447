// An app with a bus in a process of its own, for a test that kills the app: prints the process id of the bus.
import { firstValueFrom, filter } from 'rxjs';
import { childBus } from '@buergerkoffer/core/node';

const bus = childBus('serial', { module: new URL('./stubborn-bus.mjs', import.meta.url) });
bus.events.subscribe();
const { port } = await firstValueFrom(bus.events.pipe(filter(({ type }) => type === 'attached')));
await bus.open(port, { baudRate: 9600 });
console.log(port.model);
