import type { RegisterAnswer, RegisterPerson, RegisterQuery } from '../../index.js';

/** Looks the query up in an invented register; names are compared without case, a first name may be one of several. */
export function lookUp(register: readonly RegisterPerson[], query: RegisterQuery): RegisterAnswer {
  const found = register.filter((person) => matches(person, query));
  const [person] = found;
  if (person === undefined) return { status: 'none' };
  return found.length === 1 ? { status: 'unique', person } : { status: 'ambiguous', count: found.length };
}

function matches(person: RegisterPerson, query: RegisterQuery): boolean {
  const familyNames = [person.familyName, person.birthName ?? person.familyName].map(folded);
  const givenNames = folded(person.givenNames).split(' ');
  const { givenNames: wanted, documentNumber } = query;
  return (
    familyNames.includes(folded(query.familyName)) &&
    query.birthDate.startsWith(person.birth.date) &&
    (wanted === undefined ||
      folded(wanted)
        .split(' ')
        .every((name) => givenNames.includes(name))) &&
    (documentNumber === undefined ||
      person.documents === undefined ||
      person.documents.some(({ serialNumber }) => serialNumber === documentNumber))
  );
}

function folded(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/gu, ' ').toLocaleLowerCase('de');
}
