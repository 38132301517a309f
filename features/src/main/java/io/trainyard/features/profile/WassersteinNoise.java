package io.trainyard.features.profile;

/**
 * What Wasserstein's distance of a sample of one value is from its own distribution, but for the root of the size: the area under |B(F(x))|, B
 * being a Brownian bridge, to which √n (Fₙ − F) tends (del Barrio, Giné and Matrán 1999). A log-normal variable of its mean and variance is
 * exceeded a little more often than it by high values.
 */
record WassersteinNoise(double mean, double variance) {

    /** @param percentiles of the distribution, from the first to the 99th, ascending; what lies beyond is left out */
    static WassersteinNoise of(double[] percentiles) {
        double mean = 0;
        double variance = 0;
        for (int i = 0; i + 1 < percentiles.length; i++) {
            double width = percentiles[i + 1] - percentiles[i];
            double share = (i + 1.0) / (percentiles.length + 1);
            double deviation = Math.sqrt(share * (1 - share));
            mean += width * deviation * Math.sqrt(2 / Math.PI);
            for (int j = 0; j <= i && width > 0; j++) {
                double otherWidth = percentiles[j + 1] - percentiles[j];
                variance +=
                        (i == j ? 1 : 2) * width * otherWidth * covariance((j + 1.0) / (percentiles.length + 1), share);
            }
        }
        return new WassersteinNoise(mean, variance);
    }

    /** Of |B(s)| and |B(t)| for s ≤ t: B(s) and B(t) are normal with covariance s (1 − t). */
    private static double covariance(double s, double t) {
        double deviations = Math.sqrt(s * (1 - s) * t * (1 - t));
        double correlation = Math.min(1, s * (1 - t) / deviations);
        return 2
                / Math.PI
                * deviations
                * (Math.sqrt(1 - correlation * correlation) + correlation * Math.asin(correlation) - 1);
    }
}
