// Prints what the changelog says of a tag's version; exit code 1, with a sentence each, where the repository is not ready for it.
//   node .ci/release-notes.js v1.0.0 owner/seedream-bot
import { readFileSync } from 'node:fs';

const [tag = '', repository = ''] = process.argv.slice(2);
const version = tag.replace(/^v/, '');
const { version: packaged, repository: address } = JSON.parse(readFileSync('package.json', 'utf8'));
const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m).slice(1);
const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
const notes = section?.slice(section.indexOf('\n')).trim() ?? '';

const wrong = [
  ...(/^v\d+\.\d+\.\d+(-[\w.]+)?$/.test(tag) ? [] : [`The tag ${tag} is no version such as v1.0.0.`]),
  ...(packaged === version ? [] : [`package.json says version ${packaged}, the tag ${version}.`]),
  ...(notes === '' ? [`CHANGELOG.md says nothing of ${version}: give "Unreleased" its name and date.`] : []),
  ...(address.url.toLowerCase() === `git+https://github.com/${repository}.git`.toLowerCase()
    ? []
    : [`package.json names the repository ${address.url}, and this is ${repository}.`]),
];
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exitCode = 1;
} else {
  console.log(notes);
}
