import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The Chromium that is installed on this machine. None is ever downloaded. */
export function findChromium() {
  const found = names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))).find(isProgram);
  if (found === undefined) throw new Error(`None of ${names.join(', ')} is on the PATH. Install one, for example: apt-get install chromium`);
  return found;
}

/** As root, as in containers, Chromium starts only without its sandbox; the rest keeps it from talking to anybody but us. */
export const options = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
