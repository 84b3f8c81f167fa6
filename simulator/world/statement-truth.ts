/** What the host's statement says of a month, as `npm run statement` reads it. Money in millionths of a US dollar. */
export interface StatementTruth {
  shares: readonly {
    guildId: string;
    /** Left out where the member's name was to be forgotten. */
    userId?: string | undefined;
    model: string;
    /** Pictures that count, those of unknown fate among them; and those that were reserved and cost nothing. */
    pictures: number;
    freed: number;
    /** What `pictures` cost by the prices that are known; what of that is billed or not, nobody says. */
    estimated: number;
    unknown: number;
    /** What RunComfy says it billed, and what the others cost that were made. */
    billed: number;
    untold: number;
  }[];
  /** Requests of unknown fate, with RunComfy's id where it told one. */
  claims: readonly {
    jobId: string;
    guildId: string;
    images: number;
    estimated: number;
    requestId?: string | undefined;
  }[];
}
