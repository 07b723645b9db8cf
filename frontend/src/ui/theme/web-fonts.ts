import "./web-fonts.css"
