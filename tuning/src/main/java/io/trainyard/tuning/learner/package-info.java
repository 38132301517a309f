/**
 * What is trained: XGBoost, and MLlib's families. A learner declares its search space, its defaults and configurations known to
 * be good, and how a configuration becomes a model. Where that happens is the business of
 * {@code io.trainyard.tuning.placement}.
 */
package io.trainyard.tuning.learner;
