/** The texts of `--help`. */

export const HELP = `Clearthread: human-rights due diligence for surveillance-capable products, in the chat
thread where the deal is.

Usage
  clearthread <command> [arguments]

Run it
  start                   The bot, or the playground where no chat is set.

Write your policy
  policy check FILE       Read a policy file and name every mistake with its line and the fix. Also
                          points out flags that nothing can raise, questions that nothing uses and
                          quorums that no group of your organisation can reach.
  policy try FACTS.json   Show what the policy makes of some answers, as JSON: scope, flags, open
                          questions, tier and why. FACTS.json looks like this:
                          { "endUser": "government", "facts": { "P1": "yes", "L-RF3": "unknown" } }
                          endUser: government, security, state-tied, private or unknown.
  policy upgrade FILE     Give an older policy, whose tiers are a list of rules, the risk picture of
                          the default policy; prints the new file.

Keep the record
  audit verify            Walk every record and name the first commit that was edited, removed or
                          moved, and any policy that is not what deals were opened under; walk the
                          log of all commits. With a saved checkpoint, or a root that a digest
                          showed, it also sees whether the end was cut off; with the data key it
                          replays every deal and register, and compares states, due times and
                          what is owed.
  audit checkpoint        Sign the log as it is now. Keep the result outside the database.
  audit proof FILE        Check, without a database, the proof that comes with a deal's export.
  audit roots             Print a draft of what an auditor brings to check the signatures of votes.
  audit refused           List who was turned away and why, and whom you may have left out of the
                          organisation file.
  deal export D-…         Write one deal's whole record, as JSON, as a page to read, and with a
                          proof that the log contains it. The export is recorded too. With --pdf
                          one PDF instead, whose first page is for a board.
  deal erase D-… --why TEXT
                          Ask to erase the record of a deal that is over. Two people decide in chat.

Keep training up to date
  training import FILE    Record who took which course when, from a CSV file of your learning
                          system. All of it or nothing; wrong lines are named.

Answer on evidence
  countries import FILE   Take a year of V-Dem, or of UCDP's armed conflicts, into use: what its
                          values suggest stands in the briefs on countries, for people to confirm.

Screen parties
  screening import FILE|https://…
                          Take a list of restricted parties into use: the U.S. Consolidated
                          Screening List, or any other in a simple form.
  screening lists         The lists in use, their day and age.
  screening remove NAME   Take a list out of use.
  screening check "NAME"  Who on them may be meant by a name, and why.

Hear who is harmed
  voices                  The page on which people report misuse, and the handlers' case room: a
                          process of its own. Not for real reports until it was audited.
  voices invite --name NAME --role ROLE
                          A link with which somebody becomes a handler.
  voices handlers         Who they are, and who vouched for them.
  voices leave ID         Nothing more is sealed to that handler.
  voices key              The print of the key that signs receipts.
  voices verify-receipt FILE
                          Whether a report existed on a day, and with which words.

See what needs somebody
  deals list              Deals that fit filters, as in chat; with --csv or --json for other tools:
                          --where "tier:high country:Vietnam flag:H-RF4 year:2026".
  digest                  What waits, what is overdue, what was decided; with --csv every line.

Say it in public
  report YEAR --to DIR    The yearly report: figures of your due diligence that tell of no single
                          customer, as a page, PDF, JSON and text. With --publish they are frozen.
  report policy FILE --to DIR
                          Your human-rights policy, and how to report misuse, as pages for your
                          website.
  report verify YEAR      Count a published year once more from the record, and say equal or where
                          not.

Connect Microsoft Teams
  teams package           Write the app package that an administrator uploads to Teams.

Look after the bot
  store copy --from WHERE --to WHERE
                          Move a record from the file to MongoDB, or back; goes on where it was
                          cut off.
  store backup FILE       Save the embedded database while the bot is running.
  store restore FILE      Put a backup back.
  store restored          Say that other tools, as MongoDB's, put one back.
  keys rotate             Replace the data key: what the old one opens in backups goes with it.
  outbox                  List the messages that did not reach their thread or person, and why.
  outbox retry ID|--all   Send one of them, or all, again.
  outbox drop ID --why TEXT
                          Give one up for good, with your reason.

Each command explains itself: "clearthread audit verify --help".

Options
  -h, --help              This page.
  -v, --version           The version.

Settings (environment variables)
  CLEARTHREAD_POLICY          policy file; unset: the default policy
  CLEARTHREAD_ORGANISATION    organisation file: people, groups, products, channels
  CLEARTHREAD_DATA_KEY        32 bytes in base64; unset: the key in the data folder
  CLEARTHREAD_CHECKPOINT_KEY  key that signs checkpoints; unset: the key in the data folder
  MONGODB_URI                 database for several bots; unset: the file in the data folder
  DATA_DIR                    data folder; unset: ./data
  CLEARTHREAD_SAMPLES         off: the playground starts without its three sample deals

Exit codes
  0  done        1  what was checked is wrong        2  the command was not understood

In a clone, "clearthread" is "npm run -s clearthread --", and "npm start" starts the bot.`;
