package io.trainyard.tuning.explanation;

import java.io.Serializable;

/**
 * How much a model makes of an encoded column, or of all columns of a feature together.
 *
 * @param column its name, or the feature's
 * @param gain the column's share of all that splits improved the training loss by; NaN for a model without trees
 * @param contribution mean absolute SHAP value of a row, in the unit of margins (Lundberg et al. 2020, "From local explanations to
 *     global understanding with explainable AI for trees"); of several classes the sum; NaN for models of MLlib
 * @param permutation by how much the metric becomes worse when the column's values are dealt to other rows (Breiman 2001), the mean of a
 *     few times; below 0 where it becomes better, NaN where the rows leave the metric undefined
 */
public record ColumnImportance(String column, double gain, double contribution, double permutation)
        implements Serializable {}
