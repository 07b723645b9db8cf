/** Who is signed in where the desk is tested: somebody who organizes and sells. */
export const seller = {
  id: 1,
  email: "aida@example.com",
  first_name: "Aida",
  last_name: "S",
  market: "KZ",
  organizer: { display_name: "Aida Runs", timezone: "Asia/Almaty", currency: "KZT" },
}
