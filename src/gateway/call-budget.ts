/** The upstream calls that one choice of an answer may still make. The choices of an answer call in step. */
export interface CallBudget {
  /** Takes a call out of the budget; false where there is none left. */
  spend(): boolean;
  spent(): number;
}

export function createCallBudget(calls: number): CallBudget {
  let spent = 0;
  return {
    spend() {
      if (spent >= calls) return false;
      spent += 1;
      return true;
    },
    spent() {
      return spent;
    },
  };
}
