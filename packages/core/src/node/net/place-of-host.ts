import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { usbPlaceOf } from '../topology.js';

/**
 * The USB place of the network interface that leads to `address`, such as `usb:1-4`: an LTE stick is a serial line and a
 * network with one router in it, and both are one thing. Undefined for addresses that are not in a network of this
 * computer, and for interfaces that are not on USB. `address` is an IP address.
 */
export async function placeOfHost(address: string): Promise<string | undefined> {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    for (const { cidr, internal } of addresses ?? []) {
      const [network, prefix] = cidr?.split('/') ?? [];
      if (internal || network === undefined || prefix === undefined) continue;
      const own = isIP(network) === 6 ? 'ipv6' : 'ipv4';
      if (own !== family) continue;
      const subnet = new BlockList();
      subnet.addSubnet(network, Number(prefix), own);
      if (subnet.check(address, family)) return usbPlaceOf(`/sys/class/net/${name}/device`);
    }
  }
  return undefined;
}
