package io.trainyard.registry.scoring;


import io.trainyard.registry.scoring.TrainedBooster.GeneratedRows;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BoosterTest {
    @Test
    void probe() {
        for (String o : new String[] {
            "binary:logistic",
            "multi:softprob",
            "reg:squarederror",
            "count:poisson",
            "reg:gamma",
            "reg:tweedie",
            "reg:quantileerror"
        })
            for (int cats = 0; cats < 2; cats++) {
                Map<String, Object> p = new TreeMap<>(Map.of("objective", o, "max_depth", 6));
                if (o.startsWith("multi")) p.put("num_class", 4);
                if (o.endsWith("quantileerror")) p.put("quantile_alpha", 0.8);
                int[] c = cats == 0 ? new int[10] : new int[] {0, 0, 0, 0, 0, 0, 3, 40, 11, 200};
                TrainedBooster t = TrainedBooster.train(new GeneratedRows(3000, c, 0.1, 1), 30, p);
                float[] rows = t.data().others(1001);
                float[] a = t.natively(rows, false), b = t.ours().score(rows);
                float[] m = t.natively(rows, true);
                BoostedTrees x = t.ours();
                float[] n = new BoostedTrees(x.names(), x.width(), Link.IDENTITY, x.bases(), x.forest()).score(rows);
                int d = 0, e = 0;
                double w = 0, v = 0;
                for (int i = 0; i < a.length; i++) {
                    if (a[i] != b[i]) d++;
                    w = Math.max(w, Math.abs(a[i] - b[i]) / Math.max(1, Math.abs(a[i])));
                    if (m[i] != n[i]) e++;
                    v = Math.max(v, Math.abs(m[i] - n[i]));
                }
                System.out.println(
                        o + " " + cats + " scores differ " + d + "/" + a.length + " max " + w + "; margins differ " + e
                                + " max " + v + " " + java.util.Arrays.toString(x.bases()) + " " + t.ubj().length);
            }
    }
}
