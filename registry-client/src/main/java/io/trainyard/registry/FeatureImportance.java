package io.trainyard.registry;

/**
 * How much a model makes of a feature, on rows that it was not fitted on.
 *
 * @param feature its encoded column
 * @param gain share of all that splits improved the training loss by
 * @param contribution mean absolute SHAP value, in the unit of margins
 * @param permutation by how much the metric becomes worse when the feature's values are dealt to other rows; NaN where it is undefined
 */
public record FeatureImportance(String feature, double gain, double contribution, double permutation) {}
