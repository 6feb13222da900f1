/* The colour that a picture makes on paper. */
#ifndef XS_SURVEY_PICTURE_COLOR_H
#define XS_SURVEY_PICTURE_COLOR_H

#include "model/style.h"
#include "survey/pdf_file.h"

/*
 * The mean over all that is neither transparent nor white, weighed by how far it covers. False when
 * there is nothing of the kind.
 */
bool xs_picture_color(const xs_pdf_image *image, xs_color *out);

#endif
