import { serveBus, usbBus } from '@buergerkoffer/core/node';

await serveBus(usbBus());
