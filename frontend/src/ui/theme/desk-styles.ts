// Mantine's parts that only organizers' pages use.
import "@mantine/core/styles/Pill.layer.css"
import "@mantine/core/styles/PillsInput.layer.css"
import "@mantine/core/styles/Switch.layer.css"
import "@mantine/core/styles/FloatingIndicator.layer.css"
import "@mantine/core/styles/SegmentedControl.layer.css"
import "@mantine/core/styles/Menu.layer.css"
import "@mantine/core/styles/Combobox.layer.css"
import "@mantine/core/styles/ScrollArea.layer.css"
