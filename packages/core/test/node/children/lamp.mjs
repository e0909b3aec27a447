// A process with one lamp that speaks the protocol by hand, as a vendor's own program would; its argument says
// what it does wrong.
const fault = process.argv[2] ?? 'none';

const info = { maker: 'Test', model: 'Lamp', simulated: true };

function send(message) {
  const body = Buffer.from(JSON.stringify(message));
  const header = Buffer.alloc(4);
  header.writeUInt32BE(body.length);
  process.stdout.write(Buffer.concat([header, body]));
}

function answer({ type, device, call, operation, arguments: args }) {
  switch (type) {
    case 'ping':
      return fault === 'silence' ? undefined : send({ type: 'pong' });
    case 'open':
      return send({
        type: 'opened',
        device,
        info,
        properties: { colours: { $: 'binary', type: 'Uint8Array', base64: 'AQI=' } },
      });
    case 'close':
      return send({ type: 'ended', device, end: { reason: 'closed' } });
    case 'start':
      if (fault === 'exit') {
        process.stderr.write('Erika Mustermann');
        return setTimeout(() => process.exit(3), 20);
      }
      if (fault === 'garbage') return process.stdout.write('Lamp library 1.0 loaded\n');
      if (fault === 'huge') return process.stdout.write(Buffer.from([0x7f, 0xff, 0xff, 0xff]));
      if (fault === 'silence') {
        for (;;);
      }
      return send({ type: 'value', call, value: { operation, args } });
  }
}

let held = Buffer.alloc(0);
process.stdin.on('data', (chunk) => {
  held = Buffer.concat([held, chunk]);
  while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
    const end = 4 + held.readUInt32BE(0);
    answer(JSON.parse(held.subarray(4, end).toString('utf8')));
    held = held.subarray(end);
  }
});

send({ type: 'hello', version: fault === 'other-release' ? 99 : 1 });
send({ type: 'offers', offers: [{ id: 'l', kind: 'lamp', info, physical: 'usb:1-9', driver: 'by-hand' }] });
