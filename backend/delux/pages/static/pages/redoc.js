// Draws the reference. It stands in a file because the policy runs no script written into a page.
const place = document.getElementById("reference")
Redoc.init(
  place.dataset.schema,
  {
    scrollYOffset: ".dev-bar",
    nativeScrollbars: true,
    theme: {
      colors: { primary: { main: "#0e1116" }, text: { primary: "#0e1116", secondary: "#5f6670" } },
      typography: {
        fontSize: "15px",
        fontFamily: '"Golos Text", system-ui, sans-serif',
        headings: { fontFamily: '"Golos Text", system-ui, sans-serif', fontWeight: "700" },
        links: { color: "#0e1116", hover: "#5f6670", textDecoration: "underline" },
        code: { color: "#9a4200", backgroundColor: "#f0f0ea" },
      },
      sidebar: { backgroundColor: "#fafaf7", textColor: "#0e1116" },
      rightPanel: { backgroundColor: "#0e1116" },
    },
  },
  place,
)
