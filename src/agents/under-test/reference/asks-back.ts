/** Words with which somebody asks to hear something again. */
export const ASKS_BACK =
  /\b(?:pardon|come again|say (?:that|it) again|say again|repeat (?:that|it)|(?:didn't|did not|can't|cannot|couldn't) (?:quite )?(?:hear|catch|get|follow)|what (?:was|were) (?:that|you)|what (?:did|do) you (?:say|mean)|what (?:you are|you're|are you) (?:asking|saying)|not with you|don't (?:follow|understand|get you)|lost me|you what|missed (?:that|the)|ask me (?:once|again)|not sure what you|(?:what|how) do you mean|don't know what you|which (?:bit|part|one) do you mean)\b/i;
