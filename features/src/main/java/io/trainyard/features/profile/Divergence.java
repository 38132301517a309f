package io.trainyard.features.profile;

/**
 * A divergence of two discrete distributions. Without drift, each is a chi-squared variable times {@link #scale} over the sizes together,
 * since all have, but for a factor, one second-order term (Pardo 2006, theorem 4.1; for the first one Yurdakul 2018).
 */
enum Divergence {
    POPULATION_STABILITY(1) {
        @Override
        double term(double p, double q) {
            return (q - p) * Math.log(q / p);
        }

        @Override
        double slope(double p, double q) {
            return Math.log(p / q) + 1 - q / p;
        }
    },
    JENSEN_SHANNON(1 / (8 * Math.log(2))) {
        @Override
        double term(double p, double q) {
            return (part(p, q) + part(q, p)) / 2;
        }

        private double part(double p, double q) {
            return p == 0 ? 0 : p * Math.log(2 * p / (p + q)) / Math.log(2);
        }

        @Override
        double slope(double p, double q) {
            return p == 0 ? 0 : Math.log(2 * p / (p + q)) / Math.log(2) / 2; // no row is there to vary
        }
    },
    CRAMER(0.25) {
        @Override
        double term(double p, double q) {
            return (p - q) * (p - q) / (p + q) / 2;
        }

        @Override
        double slope(double p, double q) {
            return (p - q) * (p + 3 * q) / ((p + q) * (p + q)) / 2;
        }
    };

    private final double scale;

    Divergence(double scale) {
        this.scale = scale;
    }

    /** What a bin with these shares adds; symmetric. */
    abstract double term(double p, double q);

    /** The derivative of {@link #term} by its first argument. */
    abstract double slope(double p, double q);

    double of(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += term(p[i], q[i]);
        }
        return sum;
    }

    /** The mean without drift. */
    double noise(int bins, Sizes sizes) {
        return scale * (bins - 1) / sizes.together();
    }

    /**
     * A lower confidence bound. It takes off the mean without drift, and a margin for both parts of the variance: that without drift, and
     * that which grows with drift, by the delta method.
     */
    double lower(double[] p, double[] q, Sizes sizes, Confidence confidence) {
        if (p.length < 2) {
            return 0;
        }
        double chance = scale * (confidence.chiSquared(p.length - 1) - (p.length - 1)) / sizes.together();
        double grown =
                confidence.normal() * Math.sqrt(variance(p, q) / sizes.reference() + variance(q, p) / sizes.current());
        return of(p, q) - noise(p.length, sizes) - Math.hypot(chance, grown);
    }

    private double variance(double[] p, double[] q) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < p.length; i++) {
            double slope = slope(p[i], q[i]);
            mean += p[i] * slope;
            squares += p[i] * slope * slope;
        }
        return squares - mean * mean;
    }
}
