// Passkeys at the desk's sign-in and account pages: asks the server what is wanted, the browser for it, and sends the form. A form
// that needs a passkey is hidden until it is known that the browser can make or show one.

import { jsonOf, type Problem, whyNot } from './desk/request.js';
import { told, type Why, words } from './desk/words.js';

const { passkeys: texts } = words;

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

/** Why the server gave no options. */
async function refusal(answered: Response): Promise<Why> {
  const problem = (await jsonOf(answered)) as Problem;
  return problem.detail !== undefined ? whyNot(problem, answered) : answered.status === 429 ? texts.tooManyTries : texts.away;
}

/** Sends the form with a passkey; what went wrong, if anything did. */
async function send(form: HTMLFormElement): Promise<Why> {
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
    return texts.none;
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
    ? texts.there
    : failure instanceof DOMException && failure.name === 'NotAllowedError'
      ? texts.calledOff
      : texts.failed;
}

async function press(form: HTMLFormElement): Promise<void> {
  const [button, word] = [form.querySelector('button'), form.querySelector<HTMLElement>('[role=alert]')];
  if (!button || !word || button.disabled) {
    return;
  }
  button.disabled = true;
  word.hidden = true;
  word.replaceChildren(told(await send(form).catch(reason)));
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
