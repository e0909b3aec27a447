export { hidBus } from './hid-bus.js';
export { pcscBus } from './pcsc-bus.js';
export { serialBus } from './serial-bus.js';
export { usbPlaceInPath, usbPlaceOf } from './topology.js';
export { usbBus } from './usb-bus.js';
