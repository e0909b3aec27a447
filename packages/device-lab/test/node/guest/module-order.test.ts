import { describe, expect, test } from 'vitest';
import { moduleName, readModuleIndex } from '../../../src/node/guest/module-order.js';

const DEP = `kernel/drivers/virtio/virtio.ko: kernel/drivers/virtio/virtio_ring.ko
kernel/drivers/virtio/virtio_ring.ko:
kernel/fs/9p/9p.ko.xz: kernel/net/9p/9pnet.ko.xz kernel/fs/netfs.ko.xz
kernel/drivers/usb/gadget/udc/dummy_hcd.ko: kernel/drivers/usb/gadget/udc/udc-core.ko
`;
const BUILTIN = 'kernel/drivers/tty/serial/8250/8250.ko\nkernel/drivers/virtio/virtio-pci.ko\n';

describe('the index of modules', () => {
  const index = readModuleIndex(DEP, BUILTIN);

  test('puts what a module needs before it, the last of the list first', () => {
    expect(index.filesOf('9p')).toEqual([
      'kernel/fs/netfs.ko.xz',
      'kernel/net/9p/9pnet.ko.xz',
      'kernel/fs/9p/9p.ko.xz',
    ]);
  });

  test('takes - and _ for the same', () => {
    expect(index.filesOf('dummy-hcd')).toEqual(index.filesOf('dummy_hcd'));
  });

  test('has no files for a module that is part of the kernel', () => {
    expect(index.filesOf('virtio_pci')).toEqual([]);
  });

  test('names a module that the kernel does not have', () => {
    expect(() => index.filesOf('raw_gadget')).toThrow('no module raw_gadget');
  });
});

test('the name of a module is that of its file without folder, ending and compression', () => {
  expect(moduleName('kernel/drivers/usb/usbip/vhci-hcd.ko.zst')).toBe('vhci_hcd');
});
