/** `npm run bench`: ratios measured in this one run, on this machine. It reports; it never fails on a number. */
import { cpus } from 'node:os';
import { policyDocument } from '../../flows/policy/schema.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../src/organisation-file.ts';
import { defaultPolicyFile, loadPolicy } from '../../src/policy-file.ts';
import { interactionBench } from './interaction.ts';
import { policyBench } from './policy.ts';

const say = (lines: string[]) => void process.stdout.write(`${lines.join('\n')}\n`);

say([`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`]);

const { compiled, document } = loadPolicy(defaultPolicyFile);
say(await policyBench(policyDocument.parse(document), compiled));

const organisation = loadOrganisation(sampleOrganisationFile);
const user = organisation.people.find((person) => person.slack !== undefined)?.slack;
const channel = organisation.clearanceChannels[0];
if (user === undefined || channel === undefined) throw new Error('the sample organisation has no chat ids');
say(await interactionBench({ organisationFile: sampleOrganisationFile, sender: { user, channel } }));
