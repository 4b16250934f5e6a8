import { once } from 'node:events';
import { createServer } from 'node:http';
import { crc32, deflateSync } from 'node:zlib';

/** As much as an agency's photograph weighs, in bytes. */
const WEIGHT = 80_000;

/** Stands in for the agencies' servers of pictures, as nobody outside this machine is asked: /640x480.png is one of that size. Answers where it listens. */
export async function servePictures() {
  const server = createServer(({ url }, response) => {
    const [width, height] = url.match(/\d+/g).map(Number);
    response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'max-age=31536000' }).end(grey(width, height));
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
}

function grey(width, height) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  const drawn = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
  // What follows the end is loaded and not looked at.
  return Buffer.concat([drawn, Buffer.alloc(WEIGHT - drawn.length)]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
