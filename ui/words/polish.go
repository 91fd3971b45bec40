package words

func polish() map[string]string {
	return map[string]string{}
}
