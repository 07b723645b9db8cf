const CYRILLIC = "йцукенгшщзфывапролдячсмить"
const LATIN = "qwertyuiopasdfghjklzxcvbnm"
const LETTERS = new Map(
  [...CYRILLIC].flatMap((letter, index) => [
    [letter, LATIN.charAt(index)],
    [letter.toUpperCase(), LATIN.charAt(index).toUpperCase()],
  ]),
)

/** What a scanner meant: it presses keys, so under a Russian layout the letters of a code come out Cyrillic. */
export function meantByScanner(text: string): string {
  return [...text.trim()].map((letter) => LETTERS.get(letter) ?? letter).join("")
}
