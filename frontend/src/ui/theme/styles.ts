// What the first paint needs. Mantine's CSS sits in a cascade layer, so anything of ours wins without !important.
import "@mantine/core/styles/baseline.layer.css"
import "@mantine/core/styles/default-css-variables.layer.css"
import "@mantine/core/styles/global.layer.css"
import "./fonts.css"
import "./tokens.css"
import "./base.css"
