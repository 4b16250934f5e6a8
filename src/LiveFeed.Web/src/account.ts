// Passkeys at the desk's sign-in and account pages: asks the server what is wanted, the browser for it, and sends the form. A form
// that needs a passkey is hidden until it is known that the browser can make or show one.

import { jsonOf, type Problem } from './desk/request.js';

interface Step {
  step: string;
  options: unknown;
}

const isPossible = 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential && 'toJSON' in PublicKeyCredential.prototype;

/** What the browser made of the server's question; throws what the browser says when the person declines. */
function answer(form: HTMLFormElement, options: unknown): Promise<Credential | null> {
  return form.dataset['passkey'] === 'new'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON) });
}

function field(form: HTMLFormElement, name: string): HTMLInputElement | undefined {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement ? found : undefined;
}

/** Why the server gave no options, in its own words where it has some. */
async function refusal(answered: Response): Promise<string> {
  const { detail } = (await jsonOf(answered)) as Problem;
  return detail ?? (answered.status === 429 ? 'Too many tries come from your address. Wait ten seconds before the next.' : 'The server can’t answer just now. Reload the page and try again.');
}

/** Sends the form with a passkey; what went wrong, if anything did. */
async function send(form: HTMLFormElement): Promise<string> {
  const asked = await fetch(`${form.action}/options`, {
    method: 'POST',
    body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : ''])),
  });
  if (!asked.ok) {
    return refusal(asked);
  }
  const { step, options } = (await asked.json()) as Step;
  const made = await answer(form, options);
  if (!(made instanceof PublicKeyCredential)) {
    return 'There was no passkey.';
  }
  for (const [name, value] of [['step', step], ['credential', JSON.stringify(made)], ['current', '']] as const) {
    const filled = field(form, name);
    if (filled) {
      filled.value = value;
    }
  }
  form.submit();
  return '';
}

function reason(failure: unknown): string {
  return failure instanceof DOMException && failure.name === 'InvalidStateError'
    ? 'This device has a passkey for your account already.'
    : failure instanceof DOMException && failure.name === 'NotAllowedError'
      ? 'There was no passkey: it was called off, took too long, or there is none on this device.'
      : 'That didn’t work. Check your connection and try again.';
}

async function press(form: HTMLFormElement): Promise<void> {
  const [button, word] = [form.querySelector('button'), form.querySelector<HTMLElement>('[role=alert]')];
  if (!button || !word || button.disabled) {
    return;
  }
  button.disabled = true;
  word.hidden = true;
  word.textContent = await send(form).catch(reason);
  word.hidden = word.textContent === '';
  button.disabled = false;
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
  form.hidden = !isPossible;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void press(form);
  });
}
for (const word of document.querySelectorAll<HTMLElement>('[data-passkey-missing]')) {
  word.hidden = isPossible;
}
