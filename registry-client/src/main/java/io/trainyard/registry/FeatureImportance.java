package io.trainyard.registry;

/**
 * How much a model makes of a feature, on rows that it was not fitted on.
 *
 * @param feature its encoded column; for a model of MLlib its name, with all of its columns together
 * @param gain share of all that splits improved the training loss by; NaN for a model without trees
 * @param contribution mean absolute SHAP value, in the unit of margins; NaN for a model of MLlib
 * @param permutation by how much the metric becomes worse when the feature's values are dealt to other rows; NaN where it is undefined
 */
public record FeatureImportance(String feature, double gain, double contribution, double permutation) {}
