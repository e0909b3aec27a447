import { busSource, DeviceManager, type Device, type DeviceDriver } from '@buergerkoffer/core';
import { webUsbBus } from '@buergerkoffer/core/web';

/** Lists what `driver` finds in this page; a click on `button` asks the person for one more device. */
export function connect(driver: DeviceDriver<Device, 'usb'>, button: EventTarget): DeviceManager {
  const bus = webUsbBus();
  button.addEventListener('click', () => {
    void bus.request(driver.matches); // at once: the browser asks only while it handles the click
  });
  return new DeviceManager([busSource(bus, [driver])]);
}
