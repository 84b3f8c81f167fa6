/** Notes violations: each invariant is heard once a history for one subject, since what is wrong mostly stays wrong. */
import { Violation } from './violation.ts';

export interface Judge {
  /** @param subject - what it is about: a job, a guild, a message. */
  broken(invariant: string, subject: string, sentence: string): void;
}

export function createJudge(): Judge & { violations: Violation[] } {
  const heard = new Set<string>();
  const violations: Violation[] = [];
  return {
    violations,
    broken(invariant, subject, sentence) {
      const key = `${invariant} ${subject}`;
      if (heard.has(key)) return;
      heard.add(key);
      violations.push(new Violation(invariant, sentence, { subject }));
    },
  };
}
