// On a phone the guides are a line to swipe: the one that is read is in sight.
document.querySelector(".guides [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" })

// A button on each block of code that takes it away whole.
for (const block of document.querySelectorAll("pre[data-language=sh]")) {
  const frame = document.createElement("div")
  frame.className = "copied-from"
  block.replaceWith(frame)
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = "Copy"
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.textContent.trimEnd())
    button.textContent = "Copied"
    setTimeout(() => (button.textContent = "Copy"), 1500)
  })
  frame.append(block)
  // Over plain HTTP browsers lend no clipboard.
  if (navigator.clipboard) frame.append(button)
}
