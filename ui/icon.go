package ui

import "image/color"

// Icon is a line drawing on a grid of 24 by 24: polylines, each a list of x, y pairs.
type Icon [][]float64

var (
	iconPlus   = Icon{{12, 5, 12, 19}, {5, 12, 19, 12}}
	iconCross  = Icon{{7, 7, 17, 17}, {17, 7, 7, 17}}
	iconPencil = Icon{{4.5, 19.5, 5.5, 15.5, 15.6, 5.4, 18.6, 8.4, 8.5, 18.5, 4.5, 19.5}, {13.3, 7.7, 16.3, 10.7}}
	iconTrash  = Icon{{5, 7, 19, 7}, {9.5, 7, 9.5, 4.8, 14.5, 4.8, 14.5, 7}, {6.8, 7, 7.6, 19.2, 16.4, 19.2, 17.2, 7}, {10.3, 10.5, 10.5, 15.8}, {13.7, 10.5, 13.5, 15.8}}
	iconUndo   = Icon{{8.5, 5, 4.5, 9, 8.5, 13}, {4.5, 9, 14, 9, 16.2, 9.5, 18, 10.8, 19.1, 12.7, 19.3, 14.9, 18.6, 16.9, 17.2, 18.3, 15.2, 19, 10, 19}}
	iconErase  = Icon{{4.6, 14.2, 12.9, 5.9, 19, 12, 11.8, 19.2, 8.6, 19.2, 4.6, 15.2, 4.6, 14.2}, {9, 9.8, 15.1, 15.9}, {11.8, 19.2, 20, 19.2}}
	iconBack   = Icon{{10, 6, 4, 12, 10, 18}, {4.5, 12, 20, 12}}
	iconMove   = Icon{{14, 6, 20, 12, 14, 18}, {19.5, 12, 4, 12}}
	iconSave   = Icon{{12, 4.5, 12, 15}, {7.5, 10.8, 12, 15.3, 16.5, 10.8}, {4.8, 15.5, 4.8, 19.3, 19.2, 19.3, 19.2, 15.5}}
	iconOpen   = Icon{{3.8, 18.8, 3.8, 5.8, 9.4, 5.8, 11.4, 8.2, 18.4, 8.2, 18.4, 11}, {3.8, 18.8, 6.6, 11, 21, 11, 18.2, 18.8, 3.8, 18.8}}
	iconMenu   = Icon{{4.5, 7, 19.5, 7}, {4.5, 12, 19.5, 12}, {4.5, 17, 19.5, 17}}
	iconCheck  = Icon{{5.5, 12.5, 10, 17, 18.5, 7.5}}
	iconShield = Icon{{12, 3.8, 18.8, 6.2, 18.8, 11.4, 17.6, 15, 15.2, 18, 12, 20.2, 8.8, 18, 6.4, 15, 5.2, 11.4, 5.2, 6.2, 12, 3.8}, {9, 11.8, 11.3, 14.1, 15.2, 9.8}}
	iconScrawl = Icon{{4, 15.5, 5.2, 10.5, 7.5, 7.2, 9.4, 7.4, 9.2, 10.6, 8, 14.6, 8.4, 16.8, 10.6, 15.6, 12.6, 11.6, 14.4, 9.6, 15.4, 10.6, 14.8, 13.6, 15.4, 15.6, 17.4, 15, 20, 11.6}}
	iconLogo   = Icon{{8.6, 8.6, 12.4, 5.8, 12.4, 18.2}, {8.4, 18.2, 16.4, 18.2}}
)

// Icon draws an icon in the middle of a box, size units large, with lines weight units wide on its
// grid.
func (p *Painter) Icon(icon Icon, box Rect, size, weight float64, c color.RGBA) {
	k := size / 24
	at := box.centred(size, size)
	for _, line := range icon {
		var beads []bead
		for i := 0; i+1 < len(line); i += 2 {
			beads = append(beads, bead{at.X + line[i]*k, at.Y + line[i+1]*k, weight * k / 2})
		}
		p.Line(beads, c)
	}
}
