/** Ways in: taking an invitation, choosing one's name, and unlocking one's key. */

import { element } from '../../../signing/page/draw.ts';
import { makeWith, signWith } from '../../../signing/page/passkey.ts';
import { recipientOf, type Identity } from '../../sealing.ts';
import type { CanSignIn, Invited, Named, SignedIn, SignIn } from '../wire.ts';
import { ask, signedInWith, trying } from './ask.ts';
import { isLongEnough, makeKey, openKey } from './keys.ts';
import { button, buttons, card, choice, drawn, field, form, say, show, words } from './view.ts';

/** Who is in the room, with their key. */
export interface Me extends Named {
  identity: Identity;
}

const secret = (label: string, autocomplete: 'new-password' | 'current-password', hint?: string) => {
  const made = field('input', label, hint);
  made.box.type = 'password';
  made.box.autocomplete = autocomplete;
  made.box.spellcheck = false;
  made.box.autocapitalize = 'off';
  return made;
};

/** Lets people see what they type. */
const shownBy = (...boxes: HTMLInputElement[]): HTMLElement => {
  const { box, part } = choice('checkbox', 'Show what I type');
  box.addEventListener('change', () => {
    for (const typed of boxes) typed.type = box.checked ? 'text' : 'password';
  });
  return part;
};

const unlock = (signed: SignedIn, entered: (me: Me) => void): void => {
  const passphrase = secret('Your passphrase', 'current-password');
  const submit = async (): Promise<void> => {
    say('One moment: your key is being unlocked…');
    await drawn();
    const identity = await openKey(signed.wrapped, passphrase.box.value);
    if (identity === undefined) {
      say('That is not the passphrase of your key. Capitals count. Please try again.');
      passphrase.box.select();
      passphrase.box.focus();
      return;
    }
    if ((await recipientOf(identity)) !== signed.recipient) {
      say(
        'The key that is kept here for you is not the one that you made. Please write nothing here, and tell a colleague by voice.',
      );
      return;
    }
    entered({ ...signed.me, identity });
  };
  show(
    `Hello, ${signed.me.name}`,
    card(
      'Unlock your key',
      words('Reports are opened in this browser, with your key. Your passphrase goes nowhere.'),
      form('Unlock', [...passphrase.parts, shownBy(passphrase.box)], () => trying(submit)),
    ),
  );
  passphrase.box.focus();
};

/** `said`: why the room was left, if it was. */
export const showNames = async (entered: (me: Me) => void, said = ''): Promise<void> => {
  const { names } = await ask<{ names: CanSignIn[] }>('names');
  const signIn = ({ id }: Named): Promise<void> =>
    trying(async () => {
      const { ticket, options } = await ask<SignIn>('sign-in/begin', { id });
      say('Your device asks you now…');
      const credential = await signWith(options);
      const signed = await ask<SignedIn>('sign-in/finish', { id, ticket, credential });
      signedInWith(signed.token);
      unlock(signed, entered);
    });
  const list = element(
    'ul',
    { className: 'plain' },
    ...names.map((named) => {
      const press = button(named.name, () => void signIn(named), 'wide');
      press.append(
        element('span', { text: named.hasNewKey ? `${named.role}, with the new key` : named.role, className: 'quiet' }),
      );
      return element('li', {}, press);
    }),
  );
  show(
    'Sign in',
    words('Reports of misuse are read here, by those to whom they are sealed.'),
    names.length > 0
      ? card('Who are you?', list)
      : card('Nobody is here yet', words('Open the address of your invitation to be the first.')),
  );
  say(said);
};

export const takeInvitation = async (token: string, entered: (me: Me) => void): Promise<void> => {
  const { name, role, options } = await ask<Invited>('invited', { token });
  const one = secret(
    'Choose a passphrase',
    'new-password',
    'At least four words, or 16 characters. Nobody can give it back to you: write it down and lock it away.',
  );
  const other = secret('The same once more', 'new-password');
  const refuse = (words: string, box: HTMLInputElement): void => {
    say(words);
    box.focus();
  };
  const submit = async (): Promise<void> => {
    if (!isLongEnough(one.box.value)) {
      return refuse('Please choose a longer one: four words that do not belong together, or 16 characters.', one.box);
    }
    if (one.box.value !== other.box.value)
      return refuse('These two are not the same. Please type it again.', other.box);
    say('Your device asks you now…');
    const credential = await makeWith(options);
    say('One moment: your key is being made and locked…');
    await drawn();
    const key = await makeKey(one.box.value);
    await ask<Named>('enrol', { token, credential, ...key });
    history.replaceState(null, '', '/');
    show(
      'You are enrolled',
      card(
        'What comes next',
        words(
          'Sign in. You will see 12 characters, which you read to another handler: by phone, or in person. They do the same with you.',
        ),
        words('From then on reports are sealed to you, and to the others.'),
        buttons(button('Sign in', () => void trying(() => showNames(entered)), 'primary')),
      ),
    );
  };
  show(
    `Welcome, ${name}`,
    card(
      'You are invited',
      words(
        `As a handler of reports of misuse: ${role}. Reports will be sealed to a key that only you can use. It is made in this browser.`,
      ),
      words('To sign in you need a passkey, of this device or a security key. To open your key you need a passphrase.'),
    ),
    card(
      'Your passphrase',
      form('Make my passkey and my key', [...one.parts, ...other.parts, shownBy(one.box, other.box)], () =>
        trying(submit),
      ),
    ),
  );
};

/** Said before anybody types or presses anything. */
export const withoutPasskeys = (): void =>
  show(
    'This window can’t use passkeys',
    words(
      'Apps often show pages in a window of their own, which has no passkeys. Please open this address in your browser.',
    ),
  );
