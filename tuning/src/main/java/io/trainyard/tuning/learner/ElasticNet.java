package io.trainyard.tuning.learner;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Parameter;
import java.util.List;

/** The search space of MLlib's linear families, whose penalty mixes the sums of sizes and of squares. */
final class ElasticNet {

    private ElasticNet() {}

    /** The ranges hold glmnet's path of penalties for standardised features (Friedman, Hastie and Tibshirani 2010), and more. */
    static List<Parameter> parameters(Preset preset) {
        return switch (preset) {
            case FAST ->
                List.of(FloatParameter.log("reg_param", 1e-4, 1), FloatParameter.uniform("elastic_net_param", 0, 0));
            case DEFAULT ->
                List.of(FloatParameter.log("reg_param", 1e-6, 1), FloatParameter.uniform("elastic_net_param", 0, 1));
            case WIDE ->
                List.of(FloatParameter.log("reg_param", 1e-8, 100), FloatParameter.uniform("elastic_net_param", 0, 1));
        };
    }
}
