import { askForReturn } from './approval.js';
import { askDraft, type DraftRequest, type KeptDraft } from './drafts.js';
import type { Notice } from './notice.js';
import { sentence, told, words } from './words.js';

const { drafts: texts } = words;

/** What is decided on drafts in the list: each decision is told by the line of the form, and the list is read again. */
export class Decisions {
  constructor(
    private readonly notice: Notice,
    private readonly refresh: () => void,
  ) {}

  publish(draft: KeptDraft): void {
    void this.decide(draft, { method: 'POST', what: 'publication' }, texts.published);
  }

  takeBack(draft: KeptDraft): void {
    void this.decide(draft, { method: 'DELETE', what: 'submission' }, texts.takenBack);
  }

  unschedule(draft: KeptDraft): void {
    void this.decide(draft, { method: 'DELETE', what: 'schedule' }, texts.unscheduled);
  }

  discard(draft: KeptDraft): void {
    void this.decide(draft, { method: 'DELETE' }, texts.discarded);
  }

  async sendBack(draft: KeptDraft): Promise<void> {
    const note = await askForReturn(draft.content.headline ?? draft.excerpt ?? '');
    if (note !== undefined) await this.decide(draft, { method: 'POST', what: 'return', body: { note } }, texts.sentBack);
  }

  private async decide({ feed, id, version }: KeptDraft, request: DraftRequest, done: string): Promise<void> {
    this.notice.say('wait', words.outbox.sending);
    const answer = await askDraft(feed, id, { ...request, version });
    switch (answer.kind) {
      case 'on-its-way': this.notice.say('wait', texts.onItsWay); break;
      case 'changed': this.notice.say('bad', sentence(texts.changedBy, { name: answer.draft.changedBy })); break;
      case 'refused':
      case 'away': this.notice.say('bad', told(answer.why)); break;
      default: this.notice.say('good', done);
    }
    this.refresh();
  }
}
