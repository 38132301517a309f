package io.trainyard.features.profile;

/**
 * What drift of numbers is computed from.
 *
 * @param counts rows, by whether there is a number in them
 * @param distribution of finite numbers
 * @param rankError standard error of a share of numbers up to one, for what the sketch did not keep
 * @param shareError standard error of a share of numbers between two, likewise
 */
record NumberSample(
        Counts counts, double minimum, double maximum, Distribution distribution, double rankError, double shareError) {

    static NumberSample of(NumberProfile profile) {
        Quantiles quantiles = profile.quantiles();
        return new NumberSample(
                profile.counts(),
                profile.moments().minimum(),
                profile.moments().maximum(),
                quantiles.distribution(),
                quantiles.rankError(),
                quantiles.shareError());
    }
}
