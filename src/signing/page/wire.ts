/** What the page asks, and what it gets. It draws this and nothing else. */

export type PageBlock =
  | { kind: 'facts'; facts: { label: string; value: string }[] }
  | { kind: 'heading' | 'text' | 'quote' | 'note'; text: string }
  | { kind: 'list'; items: string[] };

/** The browser's own shapes (WebAuthn Level 3, `…OptionsJSON`), cut down. */
export interface SignOptions {
  challenge: string;
  rpId: string;
  allowCredentials: { type: 'public-key'; id: string; transports: string[] }[];
  userVerification: 'required';
  timeout: number;
}

export interface MakeOptions {
  challenge: string;
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: { type: 'public-key'; alg: number }[];
  excludeCredentials: { type: 'public-key'; id: string; transports: string[] }[];
  authenticatorSelection: { userVerification: 'required'; residentKey: 'preferred' };
  attestation: 'none';
  timeout: number;
}

interface Page {
  title: string;
  blocks: PageBlock[];
  /** The label of its one button. */
  button: string;
  /** What exactly is signed. */
  text?: string;
  /** A line to fill in first. */
  input?: { label: string; hint: string };
}

export type Shown =
  | (Page & { does: 'sign'; options: SignOptions })
  | (Page & { does: 'make'; options: MakeOptions })
  /** There is nothing (more) to do. */
  | { does: 'nothing'; title: string; blocks: PageBlock[]; good?: boolean };
